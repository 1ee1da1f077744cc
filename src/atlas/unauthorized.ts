import { readReply } from './reply';
import { refusedBy401, type Refused } from './reply-problem';

/**
 * What a 401 refuses, which stands in its body; undefined for any other status. The answer comes back unread, whatever
 * was looked at. Rejects as `fetch` does when the body breaks off.
 */
export async function judge(
  response: Response,
  host: string,
): Promise<{ readonly response: Response; readonly refused: Refused | undefined }> {
  if (response.status !== 401) return { response, refused: undefined };
  const { status, headers, text } = await readReply(response, host);
  return { response: new Response(text, { status, headers }), refused: refusedBy401({ status, headers, text }) };
}
