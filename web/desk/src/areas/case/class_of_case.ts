// The class that a case belongs to, those that it may belong to, and the one call that puts it there.
import type { Answer, Desk, Schemas } from '../../api/client';

export type ClassLine = Schemas['ClassLine'];
export type ClassOfCase = Schemas['ClassOfCase'];
type Told = Promise<Answer<ClassOfCase>>;

export const classOf = (desk: Desk, id: string): Told =>
  desk.ask((server) => server.GET('/api/v1/cases/{id}/class', { params: { path: { id } } }));

export const openClasses = (desk: Desk) =>
  desk.ask((server) => server.GET('/api/v1/classes', { params: { query: { state: 'open', limit: 200 } } }));

export const link = (desk: Desk, to: string, id: string): Told =>
  desk.ask((server) =>
    server.PUT('/api/v1/classes/{class}/cases/{id}', { params: { path: { class: to, id } } }),
  );

export const unlink = (desk: Desk, from: string, id: string): Told =>
  desk.ask((server) =>
    server.DELETE('/api/v1/classes/{class}/cases/{id}', { params: { path: { class: from, id } } }),
  );
