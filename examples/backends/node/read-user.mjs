import { createClient } from '@signup-with-platform/client';

// CLIENT_SECRET is shown once; create a new one at https://platform.example/account
const platform = createClient({
  baseUrl: 'https://platform.example',
  clientId: 'YOUR_CLIENT_ID',
  clientSecret: process.env.CLIENT_SECRET,
  environment: 'YOUR_ENVIRONMENT',
});

// Logs in by /custom_api/external_login, keeps the token, and renews it. SUB is the sub of somebody who signed up.
console.log(await platform.users.get(process.env.SUB));
