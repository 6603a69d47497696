// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "bisect/bisect.h"

#include <fmt/core.h>

#include <functional>

#include "bisect/measured_commit.h"
#include "bisect/said_by_git.h"
#include "stages/interruption.h"
#include "stages/run_places.h"
#include "text/file.h"

namespace exitscope::command::bisect {

namespace {

using std::filesystem::path;

/// One folder for each repository: so the kernel of its work tree is compiled once.
path state_of(const std::string& repository) {
    return stages::cache_folder() / "bisect" / fmt::format("{:016x}", std::hash<std::string>{}(repository));
}

class Bisection {
public:
    Bisection(const BisectRequest& request, const path& work, stages::Stages& stages, const Git& checkout)
        : request_{request},
          checkout_{checkout},
          good_{commit(request.good)},
          bad_{commit(request.bad)},
          state_{state_of(checkout.require({"rev-parse", "--path-format=absolute", "--git-common-dir"}))},
          tree_{state_ / "tree"},
          git_{tree_, work, stages},
          measurer_{request, tree_, state_ / "commits", stages} {}

    model::Verdict run() {
        prepare();
        const auto good = endpoint(good_, "good");
        const auto bad = endpoint(bad_, "bad");
        if (evidence::same_counts(good, bad))
            throw text::InputError(fmt::format("{} costs {} at both commits: there is nothing to find",
                                               request_.workload, text(good)));
        auto said = start();
        while (said.first_bad.empty() && said.candidates.empty())
            said = step(good, bad, said.steps_left);
        return tell(said, good, bad);
    }

private:
    std::string commit(const std::string& name) const {
        const auto answer =
            checkout_.ask({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
        if (answer.status != 0)
            throw text::InputError(fmt::format("{} is no commit of {}", name, request_.tree.string()));
        return answer.output;
    }
    std::string subject(const std::string& id) const {
        return checkout_.require({"log", "-1", "--format=%h %s", id});
    }
    std::string text(const evidence::Counts& counts) const { return text_of(request_.setting.isa, counts); }

    [[nodiscard]] std::string question() const {
        return fmt::format("{} {} {} {} {} {}\n", good_, bad_, request_.workload, request_.setting.name,
                           request_.reason, request_.guest.string());
    }

    /// The same question goes on where it was; another one begins anew.
    void prepare() {
        std::error_code error;
        std::filesystem::create_directories(state_);
        if (!std::filesystem::exists(tree_ / ".git", error)) {
            (void)checkout_.ask({"worktree", "prune"});
            checkout_.require({"worktree", "add", "--quiet", "--force", "--detach", tree_, bad_});
        }
        const auto asked = state_ / "question";
        if (!std::filesystem::exists(asked, error) || text::read_file(asked) != question()) {
            (void)git_.ask({"bisect", "reset", "HEAD"});
            std::filesystem::remove_all(state_ / "commits");
            text::write_file(asked, question());
        }
    }

    /// Checked out in the work tree while nothing is bisected yet.
    evidence::Counts endpoint(const std::string& id, const char* what) {
        if (!measurer_.is_known(id))
            git_.require({"checkout", "--quiet", "--detach", "--force", id});
        const auto measured = measurer_.measure(id, fmt::format("{} {}", what, subject(id)));
        if (!measured.counts)
            throw text::InputError(
                fmt::format("the {} commit {} cannot be measured: {}", what, subject(id), measured.problem));
        fmt::print("{}: {}: {}\n", what, subject(id), text(*measured.counts));
        return *measured.counts;
    }

    /// What an interrupted call has told git stays told.
    SaidByGit start() {
        if (git_.ask({"bisect", "log"}).status != 0)
            return parse_said_by_git(git_.require({"bisect", "start", bad_, good_}));
        fmt::print("going on where it was\n");
        git_.require({"checkout", "--quiet", "--force", "--detach", "HEAD"});
        return {};
    }

    SaidByGit step(const evidence::Counts& good, const evidence::Counts& bad, std::optional<int> steps_left) {
        const auto id = git_.require({"rev-parse", "HEAD"});
        const auto measured = measurer_.measure(id, subject(id), steps_left);
        std::string word = "skip";
        std::string why = measured.problem;
        if (measured.counts) {
            const auto judgement = judge(*measured.counts, good, bad);
            word = judgement == ChangeSide::before ? "good" : judgement == ChangeSide::after ? "bad" : "skip";
            why = text(*measured.counts);
            if (judgement == ChangeSide::neither)
                why += ", which is neither";
        }
        fmt::print("{}: {}: {}\n", word, subject(id), why);
        std::fflush(stdout);
        // git bisect ends with 2 where only skipped commits are left.
        const auto answer = git_.ask({"bisect", word});
        auto said = parse_said_by_git(answer.output + "\n" + answer.errors);
        if (answer.status != 0 && said.candidates.empty())
            throw text::InputError(fmt::format("git bisect {}: {}{}", word, answer.output, answer.errors));
        return said;
    }

    model::Verdict tell(const SaidByGit& said, const evidence::Counts& good, const evidence::Counts& bad) {
        if (said.first_bad.empty()) {
            fmt::print("\nIt is one of these, and those left cannot be measured or cost something else:\n");
            for (const auto& id : said.candidates)
                fmt::print("  {}\n", subject(id));
        } else {
            fmt::print("\n{}\n{} under {}: before {}, since then {}\n", subject(said.first_bad),
                       request_.workload, request_.setting.name, text(good), text(bad));
        }
        fmt::print("{} commits measured, {} s each\n", measurer_.done(), measurer_.seconds_each());
        git_.require({"bisect", "reset", "HEAD"});
        checkout_.require({"worktree", "remove", "--force", tree_});
        std::filesystem::remove_all(state_);
        return said.first_bad.empty() ? model::Verdict::error : model::Verdict::pass;
    }

    const BisectRequest& request_;
    const Git& checkout_;
    std::string good_;
    std::string bad_;
    path state_;
    path tree_;
    Git git_;
    CommitMeasurer measurer_;
};

}  // namespace

model::Verdict bisect(const BisectRequest& request) {
    const stages::WorkFolder work;
    (void)stages::find_places(work.path());
    const auto logs = stages::cache_folder() / "logs";
    std::filesystem::create_directories(logs);
    stages::catch_interruptions();
    stages::Stages stages{logs, work.path(), stages::Durations{stages::cache_folder() / "durations.json"}};
    const Git checkout{request.tree, work.path(), stages};
    if (checkout.ask({"rev-parse", "--git-dir"}).status != 0)
        throw text::InputError(fmt::format("{} is no git checkout", request.tree.string()));
    return Bisection{request, work.path(), stages, checkout}.run();
}

}  // namespace exitscope::command::bisect
