interface PostmanField {
  key: string;
  value: string;
  type?: string;
  description?: string;
  disabled?: boolean;
}

/** A request as Postman's collection format v2.1 has it: as much as we use of it. */
export interface PostmanRequest {
  /** Default: the collection's, which is the API key. */
  auth?: { type: string; basic?: PostmanField[]; bearer?: PostmanField[] };
  method: string;
  description: string;
  header: PostmanField[];
  url: { raw: string; host: string[]; path: string[]; query?: PostmanField[]; variable?: PostmanField[] };
  body?:
    | { mode: 'raw'; raw: string; options: { raw: { language: string } } }
    | { mode: 'urlencoded'; urlencoded: PostmanField[] };
}

export interface PostmanItem {
  name: string;
  request: PostmanRequest;
  response: never[];
  event?: { listen: string; script: { type: string; exec: string[] } }[];
}
