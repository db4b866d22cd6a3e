// Templates are compiled in the browser here, so that the example needs no Angular CLI. With the CLI, remove this line.
import '@angular/compiler';
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { Registration } from './registration-form.ts';
import { SETTINGS } from './settings.ts';

const { clientId = '', platform = '' } = (document.querySelector('app-root') as HTMLElement).dataset;

await bootstrapApplication(Registration, {
  providers: [provideZonelessChangeDetection(), { provide: SETTINGS, useValue: { clientId, platform } }],
});
