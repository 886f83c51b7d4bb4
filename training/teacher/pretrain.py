"""Learns the encoder on the news: words are masked and guessed."""
import math, time

import torch

from model import Encoder, Guesser
from optimizer import Muon, schedule

MASKED = 0.22


def rows(pieces, starts, length, generator):
    """All pieces in rows, cut at another place each time, in random order."""
    shift = int(torch.randint(0, length, (1,), generator=generator))
    n = (len(pieces) - shift) // length
    order = torch.randperm(n, generator=generator)
    return pieces[shift:shift + n * length].view(n, length), starts[shift:shift + n * length].view(n, length), order


def mask(pieces, starts, special, mask_id, vocabulary, count):
    """Hides `count` pieces, whole words; answers the hidden row and the places."""
    flat = pieces.reshape(-1)
    word = starts.reshape(-1).long().cumsum(0)
    key = torch.rand(int(flat.numel()) + 1, device=flat.device)[word]
    key = key - 2.0 * (flat < special)
    places = key.topk(count).indices
    wanted = flat[places]
    dice = torch.rand(count, device=flat.device)
    put = torch.where(dice < 0.8, torch.full_like(wanted, mask_id),
                      torch.where(dice < 0.9, torch.randint_like(wanted, special, vocabulary), wanted))
    return flat.scatter(0, places, put).view_as(pieces), places, wanted


def pretrain(config, pieces, starts, special, mask_id, seconds, batch, device, compile_it, log):
    """`pieces` and `starts` (whether a word begins) of all news in a row."""
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(1)
    encoder = Encoder(config).to(device)
    guesser = Guesser(encoder).to(device)
    matrices = [p for layer in encoder.layers for p in layer.parameters() if p.ndim == 2]
    of_muon = {id(p) for p in matrices}
    rest = [p for p in guesser.parameters() if id(p) not in of_muon]
    optimizers = [Muon(matrices, 0.02), torch.optim.AdamW(rest, 2e-3, (0.9, 0.98), weight_decay=0.01)]
    rates = [g["lr"] for o in optimizers for g in o.param_groups]
    run = torch.compile(encoder) if compile_it else encoder
    pieces, starts = torch.from_numpy(pieces).to(device), torch.from_numpy(starts).to(device)
    count = int(batch * config.length * MASKED)
    begun, step, loss_sum, seen, share, epoch = None, 0, 0.0, 0, 0.0, 0
    while share < 1:
        grid, firsts, order = rows(pieces, starts, config.length, generator)
        order = order.to(device)
        epoch += 1
        for i in range(0, len(order) - batch + 1, batch):
            take = order[i:i + batch]
            shown, places, wanted = mask(grid[take].long(), firsts[take], special, mask_id, config.vocabulary, count)
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                states = run(shown)
                loss = guesser(states.reshape(-1, config.width)[places], wanted)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(rest, 1.0)
            factor = schedule(share)
            for g, rate in zip((g for o in optimizers for g in o.param_groups), rates):
                g["lr"] = rate * factor
            for o in optimizers:
                o.step()
                o.zero_grad(set_to_none=True)
            step += 1
            loss_sum = loss_sum + loss.detach()
            if step == 5:  # The schedule counts from here: compiling is over.
                if device == "cuda":
                    torch.cuda.synchronize()
                begun = time.time()
                log(f"pretrain: first steps done, loss {loss.item():.3f}")
            if step % 10 == 0:
                if device == "cuda":
                    torch.cuda.synchronize()
                share = (time.time() - begun) / seconds
                if share >= 1:
                    break
            if step % 250 == 0 or step == 50:
                mean = float(loss_sum) / (step - seen)
                assert math.isfinite(mean) and (step < 500 or mean < 7.5), f"it does not learn: {mean}"
                rate = (step - 5) * batch * config.length / (time.time() - begun)
                log(f"pretrain: step {step} epoch {epoch} share {share:.2f} loss {mean:.3f} tokens/s {rate:.0f}")
                loss_sum, seen = 0.0, step
    log(f"pretrain: end at step {step}, epoch {epoch}, loss {float(loss_sum) / max(1, step - seen):.3f}")
    return encoder
