/** A window of a browser that a test drives. Scripts are JavaScript expressions, for what WebDriver and Puppeteer have in common. */
export interface DrivenWindow {
  open(url: string): Promise<void>;
  /** @returns the value of an expression, which JSON can hold */
  read<Value>(expression: string): Promise<Value>;
  /** Clicks as a person does, so that the browser lets a window open. @param expression of an element */
  click(expression: string): Promise<void>;
  type(expression: string, text: string): Promise<void>;
}

export interface DrivenBrowser {
  /** Its name and version. */
  readonly name: string;
  window(): Promise<DrivenWindow>;
  /** Waits for the window that opens. */
  popupAfter(act: () => Promise<void>): Promise<DrivenWindow>;
  /** How many windows are open. */
  count(): Promise<number>;
  close(): Promise<void>;
}
