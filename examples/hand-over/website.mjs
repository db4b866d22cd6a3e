// A website with a login of its own, which hands over whoever is signed in to the platform. It needs nothing but Node.
// PLATFORM_URL=… KEY_FILE=hand-over.key.pem PORT=4300 node website.mjs; the platform has HANDOVER_URL=http://127.0.0.1:4300/hand-over.
// Not at `localhost`, where the platform is on a developer's machine: cookies know no ports.
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { PLATFORM_URL, KEY_FILE, PORT = '4300', WEBSITE_URL = `http://127.0.0.1:${PORT}` } = process.env;
const key = createPrivateKey(readFileSync(KEY_FILE));
const members = {
  'member-1': { given_name: 'Ada', family_name: 'Lovelace', email: 'ada@website.example', email_verified: true },
  'member-2': { given_name: 'Bob', family_name: 'Stone', email: 'bob@website.example', email_verified: false },
};
/** Who is signed in, by the value of the cookie. */
const sessions = new Map();

/** A JWT that the platform believes for a minute. */
function signed(typ, claims) {
  const now = Math.floor(Date.now() / 1000);
  const common = { iss: WEBSITE_URL, aud: PLATFORM_URL, iat: now, exp: now + 60, jti: randomBytes(16).toString('hex') };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${encode({ alg: 'ES256', typ })}.${encode({ ...common, ...claims })}`;
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

/** The platform never learns the cookie's value. */
const sidOf = (cookie) => createHash('sha256').update(cookie).digest('hex');

/** What is posted back: to the address in our own configuration, and never to one that the request names. */
function answerTo({ state, nonce }, cookie) {
  const session = sessions.get(cookie);
  if (!session) return { state, error: 'login_required' };
  const { member, signedInAt } = session;
  const who = { sub: member, ...members[member] };
  return { state, assertion: signed('handover+jwt', { ...who, nonce, sid: sidOf(cookie), auth_time: signedInAt }) };
}

const escaped = (text) => String(text).replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);

function handOver(response, asked, cookie) {
  const inputs = Object.entries(answerTo(asked, cookie)).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  // Neither Cross-Origin-Opener-Policy, which cuts the popup off, nor Referrer-Policy: no-referrer, which hides who posts.
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'origin',
  });
  response.end(`<!doctype html><title>One moment</title>
<form method="post" action="${PLATFORM_URL}/handover">${inputs.join('')}<noscript><button>Continue</button></noscript></form>
<script>document.forms[0].submit()</script>`);
}

/** Tells the platform, so that what began by this session ends there. */
async function signOut(cookie) {
  if (!sessions.delete(cookie)) return;
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const token = signed('logout+jwt', { sid: sidOf(cookie), events });
  const answer = await fetch(`${PLATFORM_URL}/backchannel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });
  if (!answer.ok) console.error('the platform did not end the session:', answer.status, await answer.text());
}

function show(response, body) {
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><title>Website</title>${body}`);
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const cookie = /(?:^|; )website=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const asked = { state: url.searchParams.get('state') ?? '', nonce: url.searchParams.get('nonce') ?? '' };
  const prompt = url.searchParams.get('prompt');
  const at = `${request.method} ${url.pathname}`;
  if (at === 'GET /hand-over' && (prompt === 'none' || (sessions.has(cookie) && prompt !== 'login')))
    return handOver(response, asked, cookie);
  if (at === 'GET /' && sessions.has(cookie))
    return show(
      response,
      `<h1>Hello ${sessions.get(cookie).member}</h1><form method="post" action="/sign-out"><button>Sign out</button></form>`,
    );
  if (at === 'GET /' || at === 'GET /hand-over') {
    // A real one asks for a password, and carries a token against CSRF.
    const buttons = Object.keys(members).map((member) => `<button name="member" value="${member}">${member}</button>`);
    return show(
      response,
      `<h1>Sign in to the website</h1><form method="post" action="/sign-in${escaped(url.search)}">${buttons.join(' ')}</form>`,
    );
  }
  if (at === 'POST /sign-in') {
    const parts = [];
    for await (const part of request) parts.push(part);
    const member = new URLSearchParams(Buffer.concat(parts).toString()).get('member');
    if (!Object.hasOwn(members, member)) return response.writeHead(400).end();
    const value = randomBytes(16).toString('hex');
    sessions.set(value, { member, signedInAt: Math.floor(Date.now() / 1000) });
    response.setHeader('set-cookie', `website=${value}; Path=/; HttpOnly; SameSite=Lax`);
    if (asked.state) return handOver(response, asked, value);
    return response.writeHead(303, { location: '/' }).end();
  }
  if (at === 'POST /sign-out') {
    await signOut(cookie);
    return response.writeHead(303, { location: '/' }).end();
  }
  response.writeHead(404).end();
}).listen(Number(PORT), '127.0.0.1', () => console.log(WEBSITE_URL));
