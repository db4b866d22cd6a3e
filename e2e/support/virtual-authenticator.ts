import type { CDPSession, Page } from '@playwright/test';

/** What a device keeps, as Chromium tells it. */
export type Passkeys = Awaited<ReturnType<typeof passkeysOf>>;

/** Chromium's own software authenticator: its user is always there, and recognised unless a test says otherwise. */
export interface VirtualAuthenticator {
  passkeys(): Promise<Passkeys>;
  /** From now on it recognises nobody, which is how a person turns away; or again somebody. */
  setUserVerified(isUserVerified: boolean): Promise<void>;
}

/**
 * Gives a window a device that can keep passkeys; in headless Chromium it has none. A page that has been opened has to be loaded anew.
 * @param passkeys what the device knows already, as synced passkeys come to a new one
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
