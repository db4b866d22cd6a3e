/** Runs in the browser: tells the server whether this device could make a passkey, which is when the server may offer it. */
export function canMakePasskey(): void {
  const offer = document.querySelector<HTMLInputElement>('[name=passkeys]');
  if (!offer || typeof PublicKeyCredential !== 'function' || !('parseRequestOptionsFromJSON' in PublicKeyCredential))
    return;
  void PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().then((can) => {
    if (can) offer.value = '1';
  });
}
