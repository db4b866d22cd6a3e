import { headers } from 'next/headers';
import { RegistrationForm } from './registration-form';

export default async function Page() {
  const { CLIENT_ID = '', PLATFORM_URL = '' } = process.env;
  // Made for this view in proxy.ts.
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <>
      <h1>Create an account</h1>
      <RegistrationForm clientId={CLIENT_ID} platform={PLATFORM_URL} nonce={nonce} />
    </>
  );
}
