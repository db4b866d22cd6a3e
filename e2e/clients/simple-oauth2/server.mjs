// npm install express simple-oauth2
import { randomBytes } from 'node:crypto';
import express from 'express';
import { AuthorizationCode } from 'simple-oauth2';

const { CLIENT_SECRET, PORT = 3000 } = process.env;
const client = new AuthorizationCode({
  client: { id: 'YOUR_CLIENT_ID', secret: CLIENT_SECRET },
  auth: {
    tokenHost: 'https://platform.example',
    tokenPath: 'https://platform.example/token',
    authorizePath: 'https://platform.example/authorize',
  },
});
const redirectUri = 'https://shop.example/callback';

const app = express();
app.get('/login', (_request, response) => {
  const state = randomBytes(16).toString('base64url');
  response.cookie('state', state, { httpOnly: true, sameSite: 'lax' });
  response.redirect(client.authorizeURL({ redirect_uri: redirectUri, scope: 'openid profile email', state }));
});

app.get('/callback', async ({ query: { code, state }, headers: { cookie = '' } }, response) => {
  if (!cookie.split('; ').includes(`state=${state}`)) throw new Error('This browser did not ask for that.');
  const { token } = await client.getToken({ code, redirect_uri: redirectUri });
  const authorization = `Bearer ${token.access_token}`;
  const person = await fetch('https://platform.example/userinfo', { headers: { authorization } });
  response.json(await person.json());
});
app.listen(PORT);
