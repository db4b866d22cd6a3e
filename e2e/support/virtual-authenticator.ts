import type { CDPSession, Page } from '@playwright/test';

/** What a device stores, in Chromium's form. */
export type Passkeys = Awaited<ReturnType<typeof passkeysOf>>;

/** Chromium's software authenticator. Its user is always present, and verified unless a test says otherwise. */
export interface VirtualAuthenticator {
  passkeys(): Promise<Passkeys>;
  /** Sets whether it verifies its user from now on. A person who dismisses the question is not verified. */
  setUserVerified(isUserVerified: boolean): Promise<void>;
}

/**
 * Gives a window a device that can store passkeys, because headless Chromium has none. An open page has to be reloaded.
 * @param passkeys the device's first passkeys, as a new device gets synced ones
 */
export async function addVirtualAuthenticator(page: Page, passkeys: Passkeys = []): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: true,
      defaultBackupState: true,
    },
  });
  for (const credential of passkeys) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
  return {
    passkeys: () => passkeysOf(session, authenticatorId),
    setUserVerified: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

async function passkeysOf(session: CDPSession, authenticatorId: string) {
  return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

/** Runs in the browser: it offers no passkeys by itself then, so that the button has to be pressed. */
export function disableAutofill(): void {
  if (typeof PublicKeyCredential !== 'function') return;
  PublicKeyCredential.isConditionalMediationAvailable = async () => false;
}
