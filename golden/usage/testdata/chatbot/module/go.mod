module example.com/chatbot

go 1.24
