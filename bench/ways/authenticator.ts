import type { Page } from 'playwright';

/** What a device keeps, in Chromium's form. */
export type Passkeys = Awaited<ReturnType<Authenticator['passkeys']>>;

type Authenticator = Awaited<ReturnType<typeof addAuthenticator>>;

/** Gives a window a device that keeps passkeys, and whose person is there and verified at once, so that it measures no person. */
export async function addAuthenticator(window: Page) {
  const session = await window.context().newCDPSession(window);
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
  return {
    passkeys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    keep: async (passkeys: Awaited<ReturnType<typeof session.send<'WebAuthn.getCredentials'>>>['credentials']) => {
      for (const credential of passkeys) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
  };
}

/** Runs in the browser: it offers no passkeys by itself then, so that the button is pressed. */
export function offerNone(): void {
  PublicKeyCredential.isConditionalMediationAvailable = async () => false;
}
