package graph

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
)

// ErrNotDecrypted is the error of resource data that could not be decrypted, whatever the reason: the certificate is
// not known, the key does not fit, the signature is not that of the data. It does not say which, since whoever sent
// it must not learn it.
const ErrNotDecrypted = constError("the resource data of the notification cannot be decrypted")

// encryptedContent is resource data as it is sent.
type encryptedContent struct {
	Data          []byte `json:"data"`
	DataSignature []byte `json:"dataSignature"`
	DataKey       []byte `json:"dataKey"`
	CertificateID string `json:"encryptionCertificateId"`
}

// decrypt returns the JSON of the resource. The data are looked at only when their signature has been found to be
// right.
func (e *encryptedContent) decrypt(keys func(certificateID string) crypto.Decrypter) ([]byte, error) {
	if keys == nil {
		return nil, ErrNotDecrypted
	}
	private := keys(e.CertificateID)
	if private == nil {
		return nil, ErrNotDecrypted
	}
	key, err := private.Decrypt(rand.Reader, e.DataKey, &rsa.OAEPOptions{Hash: crypto.SHA1}) // as the service encrypts it
	if err != nil || len(key) < aes.BlockSize {
		return nil, ErrNotDecrypted
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(e.Data)
	if !hmac.Equal(mac.Sum(nil), e.DataSignature) {
		return nil, ErrNotDecrypted
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(e.Data) == 0 || len(e.Data)%aes.BlockSize != 0 {
		return nil, ErrNotDecrypted
	}
	plain := make([]byte, len(e.Data))
	cipher.NewCBCDecrypter(block, key[:aes.BlockSize]).CryptBlocks(plain, e.Data)
	return unpadded(plain)
}

// unpadded removes the padding of PKCS #7.
func unpadded(plain []byte) ([]byte, error) {
	n := int(plain[len(plain)-1])
	if n == 0 || n > aes.BlockSize {
		return nil, ErrNotDecrypted
	}
	rest, padding := plain[:len(plain)-n], plain[len(plain)-n:]
	wrong := 0
	for _, b := range padding {
		wrong |= subtle.ConstantTimeByteEq(b, byte(n)) ^ 1
	}
	if wrong != 0 {
		return nil, ErrNotDecrypted
	}
	return rest, nil
}

// decrypt replaces the identity of the resource by all of it.
func (n *Notification) decrypt(keys func(certificateID string) crypto.Decrypter, types notifiedTypes) error {
	if n.encrypted == nil {
		return nil
	}
	plain, err := n.encrypted.decrypt(keys)
	if err != nil {
		return err
	}
	if jsonObject(plain) == nil {
		return ErrNotDecrypted
	}
	n.encrypted = nil
	n.setData(plain, types)
	return nil
}
