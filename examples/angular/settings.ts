import { InjectionToken } from '@angular/core';

export const SETTINGS = new InjectionToken<{ clientId: string; platform: string }>('settings');
