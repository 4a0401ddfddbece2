/**
 * Rows as one parameter of a set-based write: `json_to_recordset(${rows.parameter()}::json)`. Not
 * `jsonb`, which has another binary form. Rows are encoded one by one to spare the garbage collector.
 */
export class JsonRows {
  private buffer = Buffer.allocUnsafe(1 << 14);
  private end = 0;

  constructor(rows: Iterable<object> = []) {
    for (const row of rows) this.add(row);
  }

  add(row: object): void {
    const text = JSON.stringify(row);
    this.reserve(3 * text.length + 2);
    this.end += this.buffer.write(this.end === 0 ? '[' : ',', this.end);
    this.end += this.buffer.write(text, this.end);
  }

  /** The JSON array of all rows. Call it once, after the last row. */
  parameter(): Buffer {
    this.reserve(2);
    const size = this.buffer.write(this.end === 0 ? '[]' : ']', this.end);
    return this.buffer.subarray(0, this.end + size);
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, this.end + bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}
