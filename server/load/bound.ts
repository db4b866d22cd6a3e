/** What grows with what arrives, and how far it may grow. Metrics read it. */
export interface Bound {
  readonly size: number;
  readonly max: number;
  /** How often something was refused, dropped or forgotten because it was full, since the process started. */
  readonly lost: number;
}
