package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"time"
)

const platform = "https://platform.example"

var client = &http.Client{Timeout: 10 * time.Second}

// A token for the user API. It works for an hour, so keep it.
func externalLogin() (token string, err error) {
	answer, err := client.PostForm(platform+"/custom_api/external_login", url.Values{
		"client_id": {"YOUR_CLIENT_ID"},
		// CLIENT_SECRET is shown once; create a new one at https://platform.example/account
		"client_secret": {os.Getenv("CLIENT_SECRET")},
		"environment":   {"YOUR_ENVIRONMENT"},
	})
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var body struct {
		Data struct {
			Token string
		}
	}
	err = json.NewDecoder(answer.Body).Decode(&body)
	return body.Data.Token, err
}

func main() {
	token, err := externalLogin()
	if err != nil {
		log.Fatal(err)
	}
	// SUB is the sub of somebody who signed up.
	request, err := http.NewRequest("GET", platform+"/1/users/"+url.PathEscape(os.Getenv("SUB")), nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	io.Copy(os.Stdout, answer.Body)
}
