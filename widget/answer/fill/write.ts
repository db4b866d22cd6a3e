import { type Control, isSelect } from './controls.ts';

let writing = false;

/** True while an event is one of ours: what a page does in its handlers is not what a person types. */
export function isWriting(): boolean {
  return writing;
}

/**
 * Writes a text, or chooses an option, with the events of a browser's autofill, all in one task. As there, the focus stays where it is, and
 * so does the page: what listens for the focus gets its events alone.
 */
export function write(control: Control, value: string, byOwnSetter = false): void {
  writing = true;
  try {
    const hasFocus = control.matches(':focus');
    if (!hasFocus) dispatch(control, FocusEvent, { focus: {}, focusin: { bubbles: true } });
    dispatch(control, KeyboardEvent, { keydown: { bubbles: true, cancelable: true, key: 'Unidentified' } });
    const insertion = {
      bubbles: true,
      inputType: value ? 'insertReplacementText' : 'deleteContentBackward',
      data: value || null,
    };
    // A page that prevents it writes by itself, or wants nothing written. What stands there is judged afterwards.
    if (isSelect(control) || dispatch(control, InputEvent, { beforeinput: { ...insertion, cancelable: true } }))
      (byOwnSetter ? setByPage : setNatively)(control, value);
    dispatch(control, InputEvent, { input: insertion });
    dispatch(control, KeyboardEvent, { keyup: { bubbles: true, cancelable: true, key: 'Unidentified' } });
    dispatch(control, Event, { change: { bubbles: true } });
    if (!hasFocus) dispatch(control, FocusEvent, { blur: {}, focusout: { bubbles: true } });
    if (isSelect(control)) tellStandIn(control, value);
  } finally {
    writing = false;
  }
}

/** Lets the page do what it has put off: frameworks render after the event. Not a timer, because those stand still in a hidden page. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    try {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    } catch {
      setTimeout(resolve);
    }
  });
}

/** @returns false when a handler prevented one */
function dispatch<Init extends EventInit>(
  control: Control,
  Kind: new (type: string, init: Init) => Event,
  events: Readonly<Record<string, Init>>,
): boolean {
  // Some pages give their controls a dispatchEvent of their own.
  return Object.entries(events).every(([type, init]) =>
    EventTarget.prototype.dispatchEvent.call(control, eventOf(Kind, type, { composed: true, ...init })),
  );
}

/** Where a page has broken the constructor, a plain event, which most handlers tell from the right one only by its type. */
function eventOf<Init extends EventInit>(
  Kind: new (type: string, init: Init) => Event,
  type: string,
  init: Init,
): Event {
  try {
    return new Kind(type, init);
  } catch {
    const event = document.createEvent('Event');
    event.initEvent(type, init.bubbles, init.cancelable);
    return event;
  }
}

/** What libraries show instead of a list follows by `change` (Select2), or is told: Tom Select has a method, Choices only its own list. */
function tellStandIn(select: HTMLSelectElement & { tomselect?: { sync?(): void } }, value: string): void {
  select.tomselect?.sync?.();
  const choice = select.closest('.choices')?.querySelector(`[data-choice][data-value="${CSS.escape(value)}"]`);
  choice?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
}

/** By the prototype's setter, because React's own setter on the element would treat the value as set by React and ignore the change. */
function setNatively(control: Control, value: string): void {
  if (isSelect(control)) {
    const index = [...control.options].findIndex((option) => option.value === value);
    Reflect.set(HTMLSelectElement.prototype, 'selectedIndex', index, control);
    return;
  }
  const { prototype } = control instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Reflect.set(prototype, 'value', value, control);
}

/** Some masks take a value only by the setter that they have put on the control (Inputmask). */
function setByPage(control: Control, value: string): void {
  control.value = value;
}
