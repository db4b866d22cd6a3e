/** Runs in the browser, once somebody has signed in: the window that the browser opened for it is done, and FedCM goes on. */
export function closeFedcm(): void {
  const { IdentityProvider } = window as unknown as { IdentityProvider?: { close(): void } };
  IdentityProvider?.close();
}
