// The class that a case belongs to, those that it may belong to, and the one call that puts it there. Types by hand until the
// contract of the classes stands in api/openapi.yaml here.
import type { Client } from 'openapi-fetch';
import type { Answer, Desk, Schemas } from '../../api/client';

export interface ClassLine {
  id: string;
  number: string;
  title: string;
  lead_unit: Schemas['MaybeUnit'];
  cases: number;
}
export interface ClassOfCase {
  class: ClassLine | null;
  proposed: ClassLine[];
}

interface Answers<T> {
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': T } } };
}
type At<Path> = { parameters: { path: Path } };
interface ClassPaths {
  '/api/v1/cases/{id}/class': { get: At<{ id: string }> & Answers<ClassOfCase> };
  '/api/v1/classes': {
    get: { parameters: { query: { state: 'open'; limit: number } } } & Answers<{ classes: ClassLine[] }>;
  };
  '/api/v1/classes/{class}/cases/{id}': {
    put: At<{ class: string; id: string }> & Answers<ClassOfCase>;
    delete: At<{ class: string; id: string }> & Answers<ClassOfCase>;
  };
}
const classes = (server: unknown) => server as Client<ClassPaths>;

export const classOf = (desk: Desk, id: string): Promise<Answer<ClassOfCase>> =>
  desk.ask((server) => classes(server).GET('/api/v1/cases/{id}/class', { params: { path: { id } } }));

export const openClasses = (desk: Desk): Promise<Answer<{ classes: ClassLine[] }>> =>
  desk.ask((server) =>
    classes(server).GET('/api/v1/classes', { params: { query: { state: 'open', limit: 200 } } }),
  );

export const link = (desk: Desk, to: string, id: string): Promise<Answer<ClassOfCase>> =>
  desk.ask((server) =>
    classes(server).PUT('/api/v1/classes/{class}/cases/{id}', { params: { path: { class: to, id } } }),
  );

export const unlink = (desk: Desk, from: string, id: string): Promise<Answer<ClassOfCase>> =>
  desk.ask((server) =>
    classes(server).DELETE('/api/v1/classes/{class}/cases/{id}', { params: { path: { class: from, id } } }),
  );
