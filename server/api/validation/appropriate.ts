/** Whether a name can be shown to others: no offensive words, without refusing real names that merely contain one. */
export function isAppropriate(_name: string): boolean {
  throw new Error('to be replaced');
}
