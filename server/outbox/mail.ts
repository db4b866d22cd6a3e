export interface Mail {
  to: string;
  subject: string;
  /** Plain text: paragraphs, with an empty line between them. */
  text: string;
  /** Who speaks. Below a mail of the platform stands its signature; a vendor's mail says that it is the vendor's. */
  voice: 'platform' | 'vendor';
  /** What the text is written in. Default: English. */
  language?: MailLanguage;
  /** The paragraph that is nothing but this link becomes a button where a mail program shows HTML. */
  button?: MailButton;
  /** What the text contains to be opened, for programs. */
  link?: string;
  /** What the text contains to be entered. */
  code?: string;
}

export interface MailLanguage {
  /** BCP 47. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
}

export interface MailButton {
  link: string;
  label: string;
}

/** A mail as it is sent. */
export interface MailBody {
  text: string;
  /** Absent in mails from before there was one. */
  html?: string;
}
