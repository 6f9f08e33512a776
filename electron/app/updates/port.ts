/** What the update service needs of the library that fetches and installs. Behind it: electron-updater. */

export interface Offer {
  readonly version: string;
  /** Base64, from the server's list. */
  readonly sha512: string;
  readonly size: number;
}

export interface UpdaterPort {
  /** Null: nothing newer. Rejects when the server cannot be asked. */
  check(): Promise<Offer | null>;
  /** Answers with the path of what was fetched. Rejects when it could not be fetched whole. */
  download(onPercent: (percent: number) => void): Promise<string>;
  /** The signature that belongs to the offered file. Rejects when there is none. */
  signature(): Promise<string>;
  /** Forgets and deletes what was fetched. */
  discard(file: string): Promise<void>;
  /** Ends the app, and installs unless the system refuses. False: there is nothing to install, and nothing was done. */
  install(restart: boolean): boolean;
}
