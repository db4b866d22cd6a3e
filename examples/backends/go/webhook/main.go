package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	tolerance    = 5 * time.Minute
	maxBodyBytes = 65_536
)

var (
	idForm        = regexp.MustCompile(`^[\w-]{1,200}$`)
	timestampForm = regexp.MustCompile(`^[0-9]{1,11}$`)
)

type event struct {
	Type string
	Data struct {
		UserID   string `json:"user_id"`
		ClientID string `json:"client_id"`
	}
}

// verifyWebhook returns the event in body, which is the bytes as they arrived.
func verifyWebhook(header http.Header, body []byte, keys [][]byte) (received event, err error) {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	if !idForm.MatchString(id) || !timestampForm.MatchString(timestamp) {
		return received, errors.New("a header is missing or malformed")
	}
	matches := false
	for _, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + timestamp + "."))
		mac.Write(body)
		right := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		// There may be several, one for each secret.
		for _, signature := range strings.Split(header.Get("webhook-signature"), " ") {
			matches = hmac.Equal(right, []byte(signature)) || matches
		}
	}
	if !matches {
		return received, errors.New("no signature matches: is it the secret of this webhook, and the body as it arrived?")
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > tolerance {
		return received, errors.New("it was sent too long ago, or a clock is wrong")
	}
	return received, json.Unmarshal(body, &received)
}

func main() {
	// The secret of the webhook. While it is rotated there are two, with a space between them.
	var keys [][]byte
	for _, secret := range strings.Fields(os.Getenv("WEBHOOK_SECRET")) {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			log.Fatal("WEBHOOK_SECRET is not whsec_ and base64")
		}
		keys = append(keys, key)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("POST /webhooks", func(response http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, maxBodyBytes))
		var received event
		if err == nil {
			received, err = verifyWebhook(request.Header, body, keys)
		}
		if err != nil {
			log.Print("refused: ", err)
			response.WriteHeader(http.StatusBadRequest)
			return
		}
		// Keep it under its webhook-id, which is the same when the event comes again. Do what takes long after you have answered.
		log.Print(request.Header.Get("webhook-id"), " ", received.Type, " ", received.Data.UserID)
		response.WriteHeader(http.StatusNoContent)
	})
	server := &http.Server{Addr: "localhost:" + port, ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}
