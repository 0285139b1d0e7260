package slice

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/slice/inflate"
)

// maxInput is the most that an input file may hold once unpacked, in bytes. The largest of Graph's has 35 million.
const maxInput = 256 << 20

// readMetadata reads and joins metadata documents.
func readMetadata(paths []string) (*csdl.Document, diag.List) {
	var diags diag.List
	var inputs []csdl.Input
	for _, path := range paths {
		data, err := readInput(path)
		if err != nil {
			diags.Errorf(diag.Pos{File: path}, "unreadable", "%v", err)
			continue
		}
		inputs = append(inputs, csdl.Input{Name: path, Text: bytes.NewReader(data)})
	}
	if diags.HasErrors() {
		return nil, diags
	}
	return csdl.Read(inputs...)
}

// readInput reads a file, plain or gzipped.
func readInput(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, plainError(err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("it is a folder, not a file")
	}
	data, err := io.ReadAll(io.LimitReader(file, maxInput+1))
	if err == nil && len(data) > maxInput {
		err = fmt.Errorf("it holds more than %d MiB", maxInput>>20)
	}
	if err != nil {
		return nil, plainError(err)
	}
	return inflate.Bytes(data, maxInput)
}

// plainError leaves out the path, which the diagnostic names already.
func plainError(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
