import { Component, CUSTOM_ELEMENTS_SCHEMA, inject, signal } from '@angular/core';
import type { SignupErrorEvent, SignupSuccessEvent } from 'signup-with-platform';
import 'signup-with-platform';
import { SETTINGS } from './settings.ts';

@Component({
  selector: 'app-root',
  // The tag is not an Angular component.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <form (submit)="submit($event)">
      <signup-with-platform
        [attr.client-id]="settings.clientId"
        [attr.platform]="settings.platform"
        platform-name="Platform"
        fields="name email"
        (signup-success)="succeed($event)"
        (signup-cancel)="notice.set('No problem: fill in the form yourself.')"
        (signup-error)="fail($event)"
      ></signup-with-platform>
      <p id="notice">{{ notice() }}</p>
      <label>Name <input #a name="name" autocomplete="name" required [value]="name()" (input)="name.set(a.value)" /></label>
      <label>
        Email
        <input #b name="email" type="email" autocomplete="email" required [value]="email()" (input)="email.set(b.value)" />
      </label>
      <button type="submit">Create account</button>
    </form>
  `,
})
export class Registration {
  readonly settings = inject(SETTINGS);
  readonly name = signal('');
  readonly email = signal('');
  readonly notice = signal('');

  succeed({ detail }: SignupSuccessEvent): void {
    this.notice.set(`Nice to meet you, ${detail.user?.given_name}.`);
  }

  fail({ detail }: SignupErrorEvent): void {
    this.notice.set(`That did not work: ${detail.message}`);
  }

  submit(event: SubmitEvent): void {
    event.preventDefault();
    // Send the credential to your backend, which verifies it.
    const credential = new FormData(event.currentTarget as HTMLFormElement).get('credential');
    const vouched = credential ? ', vouched for by the platform' : '';
    this.notice.set(`Welcome, ${this.name()} <${this.email()}>${vouched}.`);
  }
}
