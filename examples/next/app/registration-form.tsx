'use client';

import { type FormEvent, startTransition, useActionState, useEffect } from 'react';
import type {} from 'signup-with-platform/react';
import { register } from './register';

export function RegistrationForm(props: { clientId: string; platform: string; nonce: string }) {
  const [notice, submit] = useActionState(register, '');
  // After React has taken over the page, because the element adds attributes to itself.
  useEffect(() => void import('signup-with-platform'), []);

  function send(event: FormEvent<HTMLFormElement>) {
    // Otherwise React empties the form when the action has answered.
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => submit(form));
  }

  return (
    <form action={submit} onSubmit={send}>
      <signup-with-platform
        client-id={props.clientId}
        platform={props.platform}
        nonce={props.nonce}
        platform-name="Platform"
        fields="name email"
      />
      <label>
        Name <input name="name" autoComplete="name" required />
      </label>
      <label>
        Email <input name="email" type="email" autoComplete="email" required />
      </label>
      <button type="submit">Create account</button>
      <p role="status">{notice}</p>
    </form>
  );
}
