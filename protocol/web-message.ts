/** The response mode that ends in a page which posts the response to the window that opened it. */
export const WEB_MESSAGE = 'web_message';
