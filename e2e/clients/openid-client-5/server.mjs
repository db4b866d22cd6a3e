// npm install express express-session openid-client@5
import express from 'express';
import session from 'express-session';
import { generators, Issuer } from 'openid-client';

const { CLIENT_SECRET, SESSION_SECRET, PORT = 3000 } = process.env;
const issuer = await Issuer.discover('https://platform.example');
const client = new issuer.Client({
  client_id: 'YOUR_CLIENT_ID',
  client_secret: CLIENT_SECRET,
  redirect_uris: ['https://shop.example/callback'],
  response_types: ['code'],
});

const app = express();
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }));

app.get('/login', (request, response) => {
  const verifier = generators.codeVerifier();
  const state = generators.state();
  request.session.attempt = { verifier, state };
  const challenge = generators.codeChallenge(verifier);
  response.redirect(
    client.authorizationUrl({
      scope: 'openid email profile',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state,
    }),
  );
});

app.get('/callback', async (request, response) => {
  const { verifier, state } = request.session.attempt;
  const parameters = client.callbackParams(request);
  const tokens = await client.callback('https://shop.example/callback', parameters, { code_verifier: verifier, state });
  request.session.user = await client.userinfo(tokens);
  response.redirect('/');
});

app.get('/', (request, response) => response.json(request.session.user ?? {}));
app.listen(PORT);
