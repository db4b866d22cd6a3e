import { type ChangeEvent, type FormEvent, useState } from 'react';
import 'signup-with-platform';
import type {} from 'signup-with-platform/react';

/** The fields are controlled: the element fills them through React's own state. */
export function Registration({ clientId, platform }: { clientId: string; platform: string }) {
  const [customer, setCustomer] = useState({ name: '', email: '' });
  const [notice, setNotice] = useState('');

  const change = ({ currentTarget: { name, value } }: ChangeEvent<HTMLInputElement>) =>
    setCustomer((before) => ({ ...before, [name]: value }));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Send the credential to your backend, which verifies it.
    const credential = new FormData(event.currentTarget).get('credential');
    setNotice(`Welcome, ${customer.name} <${customer.email}>${credential ? ', vouched for by the platform' : ''}.`);
  };

  return (
    <form onSubmit={submit}>
      <signup-with-platform
        client-id={clientId}
        platform={platform}
        platform-name="Platform"
        fields="name email"
        onsignup-success={({ detail }) => setNotice(`Nice to meet you, ${detail.user?.given_name}.`)}
        onsignup-cancel={() => setNotice('No problem: fill in the form yourself.')}
        onsignup-error={({ detail }) => setNotice(`That did not work: ${detail.message}`)}
      />
      <p id="notice">{notice}</p>
      <label>
        Name <input name="name" autoComplete="name" required value={customer.name} onChange={change} />
      </label>
      <label>
        Email <input name="email" type="email" autoComplete="email" required value={customer.email} onChange={change} />
      </label>
      <button type="submit">Create account</button>
    </form>
  );
}
