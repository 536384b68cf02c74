// What the desk asks of the server, until api/openapi.yaml is there and "npm run generate" writes this file.
export interface paths {
  '/api/v1/session': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Account'] } };
        default: {
          headers: Record<string, unknown>;
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    put?: never;
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': components['schemas']['SignIn'] } };
      responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Account'] } };
        default: {
          headers: Record<string, unknown>;
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: Record<string, unknown>; content?: never };
        default: {
          headers: Record<string, unknown>;
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/queue': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: { part?: 'dispatch' | 'lead' | 'co' | 'call_back' | 'close' | 'review'; cursor?: string };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Queue'] } };
        default: {
          headers: Record<string, unknown>;
          content: { 'application/problem+json': components['schemas']['Problem'] };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}

export interface components {
  schemas: {
    SignIn: { login: string; password: string };
    Account: { display_name: string; role: string };
    Queue: { lines: components['schemas']['QueueLine'][]; next?: string };
    QueueLine: { number: string; headline: string; due?: string };
    Problem: { status: number; code: string; detail: string; field?: string };
  };
}
