/** The values that the platform's portal shows for one environment of your app. */
export interface ShopSettings {
  platformUrl: string;
  /** The platform's address, followed by `/sandbox` in the sandbox. */
  issuer: string;
  clientId: string;
  secretKey: string;
  /** The key of your embedded sign-up endpoint, which the platform sends as X-Api-Key. */
  signupKey: string;
}

/** Reads the environment, and reports all missing names together. */
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
