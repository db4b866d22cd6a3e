/** Apps that show a page in a view of their own: Meta's, Line, WeChat; any on Android; on iOS, those whose view does not say that it is Safari. */
const IN_APP = /FBA[NV]|Instagram|\bLine\/|MicroMessenger|; wv\)|\((iPhone|iPad|iPod)(?!.*Safari\/)/;

/**
 * Whether a window would lead nowhere. Such apps open none, or one that cannot answer; a page on the home screen of iOS opens it in another
 * app. In a frame there is nothing else: the platform's pages cannot be framed.
 */
export function opensNoPopups({ userAgent, standalone }: { userAgent: string; standalone?: boolean }): boolean {
  return top === window && (standalone || IN_APP.test(userAgent));
}
