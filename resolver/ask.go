package resolver

import "context"

// post puts a question to the first server, ahead of ask. It is nil where each
// question has a connection of its own, and where no server is known.
func (r *Resolver) post(ctx context.Context, q question) *sent {
	servers, err := r.servers(ctx)
	if err != nil || len(servers) == 0 || r.own {
		return nil
	}
	return r.lines.send(servers[0], query(q, true))
}

// prompt is the answer to a question that was posted, when it comes before the
// patience is over, is a good one and leads to no further question. Else what
// came is put back for ask.
func (r *Resolver) prompt(ctx context.Context, q question, posted *sent) (answer, bool) {
	if posted == nil {
		return answer{}, false
	}
	heard, known := posted.soon(ctx, min(r.options.Patience, r.options.Timeout))
	if !known {
		return answer{}, false
	}
	if heard.err == nil && !heard.m.Truncated && !unaware(heard.m) {
		got := report{try: Try{Server: posted.server, Took: posted.took}}
		if got.judge(q, heard.m); got.good && !got.answer.open {
			return got.answer, true
		}
	}
	posted.heard <- heard
	return answer{}, false
}

// ask puts one question to the servers until one answers it. It may have been
// posted to the first of them.
func (r *Resolver) ask(ctx context.Context, q question, posted *sent) (answer, error) {
	if posted == nil {
		posted = r.post(ctx, q)
	}
	if got, good := r.prompt(ctx, q, posted); good {
		return got, nil
	}
	return r.race(ctx, q, posted)
}
