import { API_ERRORS, type ApiErrorCode } from "./errors.ts";

/** One field that is wrong, by its path in the body (`style.tool`). */
export interface Issue {
  /** Keys and indices, joined by dots; empty for the body as a whole. */
  path: string;
  /** What is wrong with it. */
  message: string;
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  /** What is wrong, and what to do about it. */
  message: string;
  /** For programs; decides the HTTP status. */
  code: ApiErrorCode;
  /** As in `X-Request-Id`. */
  request_id: string;
  /** One for each wrong field. */
  issues?: Issue[];
}

/** The one error that handlers and services throw for an answer other than success. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly issues: Issue[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param code - a code of the registry; decides the HTTP status
   * @param message - what is wrong and what to do about it; the registry's sentence if left out
   */
  constructor(
    code: ApiErrorCode,
    message: string = API_ERRORS[code].message,
    options: { issues?: Issue[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.issues = options.issues;
    this.headers = options.headers ?? {};
  }

  get status(): (typeof API_ERRORS)[ApiErrorCode]["status"] {
    return API_ERRORS[this.code].status;
  }

  /** The wire shape, for a request. */
  toBody(requestId: string): ErrorBody {
    const body: ErrorBody = { message: this.message, code: this.code, request_id: requestId };
    return this.issues ? { ...body, issues: this.issues } : body;
  }
}
