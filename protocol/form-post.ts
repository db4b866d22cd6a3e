/** The response mode that ends in a page which posts the response to the redirect URI (OAuth 2.0 Form Post Response Mode). */
export const FORM_POST = 'form_post';
