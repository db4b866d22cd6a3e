import type { PreparedRequest, Vendor } from './vendor.ts';

/** Has the vendor's user mailed. @returns the newest mail */
async function mailOf(vendor: Vendor): Promise<Record<string, unknown>> {
  await vendor.send(vendor.documented('createUser'));
  await vendor.done(vendor.documented('forgotPassword'));
  const { data } = await vendor.done(vendor.documented('listSandboxMails'));
  return (data as Record<string, unknown>[])[0] ?? {};
}

/**
 * For each call, requests that succeed in a new environment: the documentation's example, after the preparation that it needs. Each request
 * is sent once, in order.
 */
export const SUCCESSES: Readonly<Record<string, (vendor: Vendor) => Promise<PreparedRequest[]>>> = {
  createUser: async (vendor) => [
    { ...vendor.documented('createUser'), headers: { 'idempotency-key': 'first-try' } },
    // The repeated request gets the first answer.
    { ...vendor.documented('createUser'), headers: { 'idempotency-key': 'first-try' } },
  ],
  listUsers: async (vendor) => {
    await vendor.createUser();
    const byEmail = `/1/users?email=${encodeURIComponent(vendor.person.email)}`;
    const { headers } = await vendor.send({ method: 'GET', path: byEmail });
    return [
      vendor.documented('listUsers'),
      { method: 'GET', path: '/1/users?limit=1' },
      { method: 'GET', path: byEmail },
      { method: 'GET', path: byEmail, headers: { 'if-none-match': headers.get('etag') ?? '' } },
    ];
  },
  getUser: async (vendor) => {
    const read = vendor.documented('getUser', { id: await vendor.createUser() });
    const { headers } = await vendor.send(read);
    return [read, { ...read, headers: { 'if-none-match': headers.get('etag') ?? '' } }];
  },
  updateUser: async (vendor) => [vendor.documented('updateUser', { id: await vendor.createUser() })],
  deleteUser: async (vendor) => [vendor.documented('deleteUser', { id: await vendor.createUser() })],
  signIn: async (vendor) => {
    await vendor.createUser();
    const example = vendor.documented('signIn');
    return [example, { ...example, body: { ...(example.body as object), create_token: true } }];
  },
  signOut: async (vendor) => [vendor.documented('signOut', { id: await vendor.createUser() })],
  confirm: async (vendor) => [vendor.documented('confirm', { id: await vendor.createUser() })],
  verify: async (vendor) => {
    await vendor.createUser('?verify_user=true&verify_url=https://shop.example/verify');
    return [vendor.documented('verify', { code: await vendor.mailedCode() })];
  },
  forgotPassword: async (vendor) => {
    await vendor.createUser();
    return [vendor.documented('forgotPassword')];
  },
  resetPassword: async (vendor) => {
    await vendor.createUser();
    await vendor.done(vendor.documented('forgotPassword'));
    return [vendor.documented('resetPassword', { code: await vendor.mailedCode() })];
  },
  getToken: async (vendor) => {
    await vendor.createUser();
    const signIn = vendor.documented('signIn');
    const { token } = await vendor.done({ ...signIn, body: { ...(signIn.body as object), create_token: true } });
    return [vendor.documented('getToken', { code: String(token) })];
  },
  listEvents: async (vendor) => {
    await vendor.createUser();
    return [
      vendor.documented('listEvents'),
      { method: 'GET', path: '/1/events?limit=1&type=api.called' },
      { method: 'GET', path: `/1/events?since=${new Date(Date.now() - 60_000).toISOString()}` },
    ];
  },
  listSandboxMails: async (vendor) => {
    const [first] = [await mailOf(vendor), await mailOf(vendor)];
    return [
      vendor.documented('listSandboxMails'),
      { method: 'GET', path: '/1/sandbox/mails?limit=1' },
      { method: 'GET', path: `/1/sandbox/mails?to=${encodeURIComponent(String(first['to']))}&wait=1` },
    ];
  },
  getSandboxMail: async (vendor) => [vendor.documented('getSandboxMail', { id: String((await mailOf(vendor))['id']) })],
  deleteSandboxMail: async (vendor) => [
    vendor.documented('deleteSandboxMail', { id: String((await mailOf(vendor))['id']) }),
  ],
  deleteSandboxMails: async (vendor) => [vendor.documented('deleteSandboxMails')],
  externalLogin: async (vendor) => [vendor.documented('externalLogin')],
  embedSignup: async (vendor) => [vendor.documented('embedSignup')],
  embedLogin: async (vendor) => {
    await vendor.createUser();
    return [vendor.documented('embedLogin')];
  },
  embedForgotPassword: async (vendor) => {
    await vendor.createUser();
    return [vendor.documented('embedForgotPassword')];
  },
};
