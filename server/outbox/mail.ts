export interface Mail {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** Who speaks. Below a mail of the platform stands its signature; a vendor's mail says that it is the vendor's. */
  voice: 'platform' | 'vendor';
  /** What the text contains to be opened. */
  link?: string;
  /** What the text contains to be entered. */
  code?: string;
}
