import '@angular/compiler';
import { provideHttpClient } from '@angular/common/http';
import { Component, inject, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { OidcSecurityService, provideAuth } from 'angular-auth-oidc-client';

@Component({
  selector: 'app-root',
  template: `<button (click)="oidc.authorize()">Sign in</button>
    <button (click)="oidc.logoff().subscribe()">Sign out</button><output id="user">{{ user() }}</output>`,
})
class App {
  readonly oidc = inject(OidcSecurityService);
  readonly user = signal('{}');

  constructor() {
    this.oidc.checkAuth().subscribe(({ userData }) => this.user.set(JSON.stringify(userData ?? {})));
  }
}

await bootstrapApplication(App, {
  providers: [
    provideZonelessChangeDetection(),
    provideHttpClient(),
    provideRouter([]),
    provideAuth({
      config: {
        authority: 'https://platform.example',
        redirectUrl: 'https://shop.example/callback',
        postLogoutRedirectUri: window.location.origin,
        clientId: 'YOUR_CLIENT_ID',
        scope: 'openid profile email offline_access',
        responseType: 'code',
        silentRenew: true,
        useRefreshToken: true,
      },
    }),
  ],
});
