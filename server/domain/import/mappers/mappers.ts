import { z } from 'zod';
import { aspnet } from './aspnet.ts';
import { auth0 } from './auth0.ts';
import { cognito } from './cognito.ts';
import { django } from './django.ts';
import { firebase } from './firebase.ts';
import { keycloak } from './keycloak.ts';
import { type Beside, type Mapper, UnmappableError } from './mapper.ts';
import { shopify } from './shopify.ts';
import { supabase } from './supabase.ts';
import { wordpress } from './wordpress.ts';

const MAPPERS = { auth0, firebase, keycloak, cognito, supabase, wordpress, django, aspnet, shopify } as const;
export type SystemName = keyof typeof MAPPERS;
/** Systems whose exports are understood as they are. */
export const SYSTEM_NAMES = Object.keys(MAPPERS) as [SystemName, ...SystemName[]];

/** Turns a row of a system's export into a row of ours. @returns the row, or what is wrong with it */
export function mapRow(system: SystemName, row: unknown, beside: Beside): { row: unknown } | { reason: string } {
  const map: Mapper = MAPPERS[system];
  try {
    return { row: map(flattened(row), beside) };
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [issue] = error.issues;
      return { reason: `no row of ${system}: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}` };
    }
    if (error instanceof UnmappableError) return { reason: error.message };
    if (error instanceof SyntaxError) return { reason: `no row of ${system}: ${error.message}` };
    throw error;
  }
}

/** Django's dump has the columns in `fields`. */
function flattened(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || !('fields' in row)) return row;
  return typeof row.fields === 'object' ? { ...row.fields, ...row } : row;
}
