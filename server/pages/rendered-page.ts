/** A page, ready to send: its markup and the Content-Security-Policy that allows its own inline style and script by hash. */
export interface RenderedPage {
  html: string;
  contentSecurityPolicy: string;
  /**
   * Whether the page holds what is known of a person, or a credential. Such pages also repeat what the request sent, and are never
   * compressed: their length must not tell whether the two are alike (BREACH, CVE-2013-3587).
   */
  personal: boolean;
}
