import { ENVIRONMENTS, FIELDS } from '@signup-with-platform/protocol';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { AppDetails } from '#storage/apps.ts';
import type { ManagedApp } from '#storage/managed-apps.ts';
import type { JsonSchema } from '../../validation/json-schema.ts';

const uri = (description: string): JsonSchema => ({ type: ['string', 'null'], format: 'uri', description });

const FIELDS_SCHEMA: JsonSchema = {
  type: 'array',
  description: 'What the app asks people for. A required field cannot be refused; the reason is shown to them.',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['field'],
    properties: {
      field: { type: 'string', enum: [...FIELDS] },
      required: { type: 'boolean', default: true },
      reason: { type: 'string', maxLength: 140 },
    },
  },
  examples: [
    [{ field: 'name' }, { field: 'email' }, { field: 'address', required: false, reason: 'To deliver what you order' }],
  ],
};
const ADDRESSES = (description: string, example: string): JsonSchema => ({
  type: 'array',
  items: { type: 'string' },
  maxItems: 50,
  description,
  examples: [[example]],
});

/** What a key says about an app. */
export const APP_INPUT: Readonly<Record<string, JsonSchema>> = {
  name: {
    type: 'string',
    maxLength: 100,
    description: 'What people read above the consent.',
    examples: ['Marten Books'],
  },
  fields: FIELDS_SCHEMA,
  origins: { ...ADDRESSES('Where the pages are that have the element.', 'https://marten.example'), minItems: 1 },
  redirect_uris: ADDRESSES('Where a code may be sent.', 'https://marten.example/callback'),
  home_page_uri: uri('The shop’s home page.'),
  privacy_policy_uri: uri('Its privacy policy.'),
  terms_uri: uri('Its terms.'),
};

export const APP_SCHEMA: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'name',
    'environment',
    'client_id',
    'origins',
    'redirect_uris',
    'fields',
    'logo_uri',
    'expires_at',
    'created_at',
  ],
  properties: {
    id: { type: 'string' },
    ...APP_INPUT,
    environment: { type: 'string', enum: [...ENVIRONMENTS] },
    client_id: { type: 'string' },
    logo_uri: uri('The logo that the popup shows, as we have encoded it.'),
    expires_at: { type: ['string', 'null'], format: 'date-time', description: 'When the app is deleted.' },
    created_at: { type: 'string', format: 'date-time' },
  },
};

/** A new app, and the secrets that are shown once. */
export const CREATED_APP_SCHEMA: JsonSchema = {
  ...APP_SCHEMA,
  required: [...(APP_SCHEMA['required'] as string[]), 'client_secret', 'api_key'],
  properties: {
    ...(APP_SCHEMA['properties'] as object),
    client_secret: { type: 'string', description: 'Shown once.' },
    api_key: { type: 'string', description: 'Of the user API. Shown once.', examples: ['sk_test_…'] },
  },
};

export interface FoundApp {
  readonly managed: ManagedApp;
  readonly details: AppDetails;
  readonly environment: AppEnvironment;
}

export function appBody({ managed, details, environment }: FoundApp): Record<string, unknown> {
  return {
    id: details.id,
    name: details.name,
    environment: environment.environment,
    client_id: environment.clientId,
    origins: environment.origins,
    redirect_uris: environment.redirectUris,
    fields: details.fields,
    logo_uri: details.logoUri ?? null,
    home_page_uri: details.homePageUri ?? null,
    privacy_policy_uri: details.privacyPolicyUri ?? null,
    terms_uri: details.termsUri ?? null,
    expires_at: managed.expiresAt?.toISOString() ?? null,
    created_at: details.createdAt.toISOString(),
  };
}
