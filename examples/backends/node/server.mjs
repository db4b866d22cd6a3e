import { randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { verifyCredential } from '@signup-with-platform/client';
import express from 'express';
import session from 'express-session';

const PLATFORM = 'https://platform.example';
const ISSUER = 'https://platform.example/sandbox';
const CLIENT_ID = 'YOUR_CLIENT_ID';
const ORIGIN = 'http://localhost:3000'; // of your page, as you registered it
const { SESSION_SECRET = randomBytes(32).toString('hex'), PORT = 3000 } = process.env;

const app = express();
app.set('trust proxy', 1); // the one that ends https, in production
const cookie = { httpOnly: true, sameSite: 'lax', secure: ORIGIN.startsWith('https:') };
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false, cookie }));

app.use((_, response, next) => {
  response.set('Cache-Control', 'no-store'); // because the pages have the person's name
  next();
});

const escapeHtml = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

function page(session, message = '') {
  // A nonce for each form, so that a second tab does not break the first. Ten are enough.
  const nonce = randomUUID();
  session.nonces = [...(session.nonces ?? []), nonce].slice(-10);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>My shop</title>
<script type="module" src="${PLATFORM}/widget.js"></script>
<h1>My shop</h1>
<p role="alert">${escapeHtml(message)}</p>
<form method="post" action="/register">
  <signup-with-platform client-id="${CLIENT_ID}" nonce="${nonce}" fields="name email"></signup-with-platform>
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>
</html>`;
}

app.get('/', ({ session }, response) => {
  response.send(page(session, session.user && `Signed in as ${session.user.name}`));
});

const MESSAGES = {
  expired: 'That took too long. Please press the button again.',
  wrong_nonce: 'This form was sent before, or in another browser. Please press the button again.',
  wrong_issuer: 'This sign-up comes from another platform, or from its sandbox.',
  wrong_audience: 'This sign-up was meant for another app.',
  keys_unavailable: 'The platform does not answer. Please try again.',
};

app.post('/register', express.urlencoded({ extended: false }), async (request, response) => {
  // Comes without the session's cookie. A new session would replace that of somebody who is signed in.
  if (request.get('sec-fetch-site') === 'cross-site') return response.status(400).send('Please use our own form.');
  const { session, body } = request;
  try {
    const expected = { clientId: CLIENT_ID, issuer: ISSUER, nonce: session.nonces ?? [], algorithms: ['ES256'] };
    const { iss, sub, nonce, name, email } = await verifyCredential(body?.credential, expected);
    const nonces = session.nonces.filter((one) => one !== nonce); // each works once
    // A new session id, so that nobody who knew the old one is signed in too.
    await promisify(session.regenerate).call(session);
    // Find or create your own user by iss and sub together, because people change their email addresses.
    Object.assign(request.session, { nonces, user: { iss, sub, name: name ?? email ?? sub } });
    response.redirect(303, '/');
  } catch (error) {
    if (error.name !== 'CredentialError') throw error;
    console.warn(error.code, error.hint); // for you, not for the person
    const message = MESSAGES[error.code] ?? 'This sign-up could not be verified. Please press the button again.';
    response.status(error.code === 'keys_unavailable' ? 503 : 400).send(page(session, message));
  }
});

app.listen(PORT, () => console.log(`${ORIGIN} is ready`));
