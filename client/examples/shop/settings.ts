/** What the platform's portal shows for one environment of your app. */
export interface ShopSettings {
  platformUrl: string;
  /** The platform's address; in the sandbox with `/sandbox` behind it. */
  issuer: string;
  clientId: string;
  secretKey: string;
  /** Of your embedded sign-up endpoint: what the platform sends as X-Api-Key. */
  signupKey: string;
}

/** From the environment, all missing names reported together. */
export function settingsFromEnvironment(): ShopSettings {
  const names = {
    platformUrl: 'PLATFORM_URL',
    issuer: 'ISSUER',
    clientId: 'CLIENT_ID',
    secretKey: 'SECRET_KEY',
    signupKey: 'SIGNUP_KEY',
  };
  const missing = Object.values(names).filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`Set ${missing.join(', ')}`);
  const entries = Object.entries(names).map(([setting, name]) => [setting, process.env[name]]);
  return Object.fromEntries(entries) as unknown as ShopSettings;
}
