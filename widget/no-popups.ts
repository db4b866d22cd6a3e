/** Apps that show pages in a web view: Meta's, Line, WeChat, any on Android, and on iOS those that do not claim to be Safari. */
const IN_APP = /FBA[NV]|Instagram|\bLine\/|MicroMessenger|; wv\)|\((iPhone|iPad|iPod)(?!.*Safari\/)/;

/**
 * Whether a popup cannot work here. Such apps open no window, or one that cannot answer, and a page on the home screen of iOS opens it in
 * another app. In a frame the popup is used anyway, because the platform's pages cannot be framed.
 */
export function opensNoPopups({ userAgent, standalone }: { userAgent: string; standalone?: boolean }): boolean {
  return top === window && (standalone || IN_APP.test(userAgent));
}
