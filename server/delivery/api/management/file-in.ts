import type { ParsedBody } from '#http/body/body-contract.ts';
import { invalid } from './json-of.ts';

/** The one file of a form. @throws ApiError 400 for anything else */
export function fileIn(body: ParsedBody, wanted: string): Buffer {
  const entries = body.type === 'form' ? body.entries : [];
  const [[name, file] = [], another] = entries;
  if (another === undefined && name === wanted && Buffer.isBuffer(file)) return file;
  throw invalid(`it must be a form with one file, named ${wanted}`);
}
