import type { BodyContract } from '../../http/body/body-contract.ts';

/** The forms that a browser posts. */
export const FEDCM_FORM: BodyContract = { types: ['form'], maxBytes: 16 * 1024 };
